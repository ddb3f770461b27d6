"""The page that makes sheets and atlases, and pictures of other pages' maps."""
