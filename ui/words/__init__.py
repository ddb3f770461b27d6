"""Every sentence of the interface, in Chinese and English."""
