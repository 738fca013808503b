"""What stands in front of every page, file and web socket: who may come in, and as whom."""
