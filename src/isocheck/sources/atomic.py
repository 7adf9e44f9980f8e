def write_atomically(path,data): path.write_bytes(data)
