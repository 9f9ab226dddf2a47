"""Follows the changes of an item: one line for each, and goes on where it was when the node was away."""
import sys
import time
import urllib.request

url, service = sys.argv[1:]
cursor = None
while True:
    headers = {"Accept": "text/event-stream", "Fairlead-Service": service}
    if cursor is not None:
        headers["Last-Event-ID"] = cursor
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as stream:
            name = identity = None
            for line in stream:
                field, _, value = line.decode().rstrip("\n").partition(": ")
                if field == "event":
                    name = value
                elif field == "id":
                    identity = value
                elif field == "data" and name == "put":
                    print(value, flush=True)
                    cursor = identity
    except OSError:
        pass
    time.sleep(0.1)
