"""What runs, how much memory it takes, and whether it answers."""
import json
import urllib.error
import urllib.request

from .processes import DATABASE, running


def answers(lab, service):
    """Whether a service answers HTTP."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{lab.ports[service]}/", timeout=5).close()
    except urllib.error.HTTPError as error:  # 300 Multiple Choices, 401 Unauthorized: it answers
        return error.code < 500
    except OSError:
        return False
    return True


def status(lab):
    """One entry a process: name, url, pid, memory in MiB, and state `up`, `failing` or `down`."""
    return [_entry(lab, name) for name in (DATABASE, *lab.services)]


def _entry(lab, name):
    pid = running(lab, name)
    url = None if name == DATABASE else lab.url(name)
    if not pid:
        state = "down"
    else:
        state = "up" if url is None or answers(lab, name) else "failing"
    return {"name": name, "url": url, "pid": pid, "rssMiB": _rss(pid) if pid else 0, "state": state}


def _rss(pid):
    try:
        with open(f"/proc/{pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) // 1024
    except (OSError, StopIteration):
        return 0


def print_status(entries, as_json):
    """For people, or one JSON array for programs."""
    if as_json:
        print(json.dumps(entries))
        return
    for entry in entries:
        print(f"{entry['name']:10} {entry['url'] or '':44} {entry['state']:8} "
              f"pid {entry['pid'] or '-':<8} {entry['rssMiB']:5} MiB")
    print(f"{'in all':10} {sum(entry['rssMiB'] for entry in entries):75} MiB")
