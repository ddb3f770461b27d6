"""The page that counts a layer under the zones."""
