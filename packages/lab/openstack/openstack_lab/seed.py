"""What a provider's administrators have made before a customer comes. Everything may be repeated."""
from .api import Api
from .lab import DEFAULT_ZONE, HOST, MEMBER, PASSWORD, PROJECT

EXTERNAL_NETWORK = "external-network"
EXTERNAL_CIDR = "203.0.113.0/24"
IMAGE = "ubuntu-22-04-cloud-amd64"
PROVIDER_NETWORK = "k8s_l3vpn"


def administrators_work(lab):
    """A project with a member, the availability zone, the external network, an image: what the services allow."""
    api = Api(lab)
    _project(api)
    if "nova" in lab.services and lab.zone != DEFAULT_ZONE:
        _zone(api, lab.zone)
    if "neutron" in lab.services:
        _external_network(api)
    if "glance" in lab.services:
        _image(api)


def provider_network(lab):
    """In the project: the network that the provider's engineers join to their L3VPN router. Its id and its subnet's."""
    api = Api(lab, PROJECT)
    network = api.ensure("neutron", "/v2.0/networks", "network", PROVIDER_NETWORK, {"project_id": api.project_id})
    subnet = api.ensure(
        "neutron", "/v2.0/subnets", "subnet", PROVIDER_NETWORK, {"network_id": network["id"]}, ip_version=4,
        cidr="192.168.200.0/24", gateway_ip="192.168.200.1",
        allocation_pools=[{"start": "192.168.200.2", "end": "192.168.200.251"}])
    return {"networkId": network["id"], "subnetId": subnet["id"]}


def _project(api):
    project = api.ensure("keystone", "/projects", "project", PROJECT, {"domain_id": "default"})
    member = api.ensure("keystone", "/users", "user", MEMBER, {"domain_id": "default"}, password=PASSWORD,
                        default_project_id=project["id"])
    admin = _by_name(api, "users", "admin")
    for user, role in ((member, "member"), (admin, "admin")):
        role = _by_name(api, "roles", role)
        api("PUT", "keystone", f"/projects/{project['id']}/users/{user['id']}/roles/{role['id']}")


def _by_name(api, kind, name):
    return api("GET", "keystone", f"/{kind}?name={name}")[kind][0]


def _zone(api, zone):
    """An availability zone is a host aggregate with that metadata; Nova hands it on to Placement."""
    aggregates = api("GET", "nova", "/os-aggregates")["aggregates"]
    aggregate = next((each for each in aggregates if each["name"] == zone), None)
    if aggregate is None:
        body = {"aggregate": {"name": zone, "availability_zone": zone}}
        aggregate = {**api("POST", "nova", "/os-aggregates", body)["aggregate"], "hosts": []}
    if HOST not in aggregate["hosts"]:
        api("POST", "nova", f"/os-aggregates/{aggregate['id']}/action", {"add_host": {"host": HOST}})


def _external_network(api):
    network = api.ensure("neutron", "/v2.0/networks", "network", EXTERNAL_NETWORK, {"project_id": api.project_id}, **{
        "router:external": True, "provider:network_type": "flat", "provider:physical_network": "external"})
    api.ensure("neutron", "/v2.0/subnets", "subnet", EXTERNAL_NETWORK, {"network_id": network["id"]},
               ip_version=4, cidr=EXTERNAL_CIDR, enable_dhcp=False)


def _image(api):
    """Its bytes mean nothing: the fake hypervisor does not read them."""
    images = api("GET", "glance", f"/v2/images?name={IMAGE}")["images"]
    image = images[0] if images else api("POST", "glance", "/v2/images", {
        "name": IMAGE, "visibility": "public", "container_format": "bare", "disk_format": "raw",
        "os_distro": "ubuntu", "os_version": "22.04", "architecture": "x86_64"})
    if image["status"] == "queued":
        api("PUT", "glance", f"/v2/images/{image['id']}/file", b"no system in here\n",
            content_type="application/octet-stream")
