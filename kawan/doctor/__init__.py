"""What `kawan doctor` looks at. It changes nothing and starts nothing; a running system may go on meanwhile."""
