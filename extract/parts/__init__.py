"""Parts of a bundle and the blocks of each part."""
