"""A client of the lab's own APIs, as small as what seeding it needs."""
import json
import urllib.error
import urllib.parse
import urllib.request

from .lab import PASSWORD


class Api:
    """Requests with an administrator's token."""

    def __init__(self, lab, project="admin"):
        self._lab = lab
        self._token = None
        user = {"name": "admin", "password": PASSWORD, "domain": {"id": "default"}}
        response = self._send("POST", lab.url("keystone") + "/auth/tokens", {"auth": {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"name": project, "domain": {"id": "default"}}},
        }})
        self._token = response.headers["X-Subject-Token"]
        self.project_id = json.load(response)["token"]["project"]["id"]

    def _send(self, method, url, body=None, content_type="application/json"):
        headers = {"Content-Type": content_type, "Accept": "application/json"}
        if self._token:
            headers["X-Auth-Token"] = self._token
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            return urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            detail = error.read().decode(errors="replace")
            raise SystemExit(f"{method} {url}: {error.code} {detail}") from None

    def __call__(self, method, service, path, body=None, **options):
        """The parsed answer, or None when there is none."""
        with self._send(method, self._lab.url(service) + path, body, **options) as response:
            text = response.read()
        return json.loads(text) if text else None

    def ensure(self, service, path, kind, name, within, **fields):
        """The object of that name within a domain, project or network; made when there is none."""
        key = {"name": name, **within}
        found = self("GET", service, f"{path}?{urllib.parse.urlencode(key)}")[kind + "s"]
        return found[0] if found else self("POST", service, path, {kind: {**key, **fields}})[kind]
