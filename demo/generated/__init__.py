"""What is invented, noun by noun, each from its own stream of chance; every record says `synthetic: true`."""
