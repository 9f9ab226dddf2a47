local base = KEYS[1]
