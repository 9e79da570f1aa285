"""What posts are made of: pictures and other assets, with alt text and their judged facts; saved replies."""
