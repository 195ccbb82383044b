"""Feed the wall display, and tell other systems what turned red."""
