import os
import subprocess
import tempfile
import unittest

from openstack_lab import ini, install, services
from openstack_lab.configure import configure
from openstack_lab.lab import Lab
from openstack_lab.ports import SHIFTS, free_shift, obstacle, ports_of, remembered_ports
from openstack_lab.processes import running


class Services(unittest.TestCase):
    def test_a_service_brings_what_it_requires_in_the_order_of_the_table(self):
        self.assertEqual(services.closure(["nova"]), ("nova", "neutron", "keystone", "glance", "placement"))
        self.assertEqual(services.closure(["keystone"]), ("keystone",))

    def test_an_unknown_service_is_refused(self):
        with self.assertRaisesRegex(ValueError, "no such service: heat"):
            services.closure(["keystone", "heat"])

    def test_databases_and_packages_are_those_of_the_services_chosen(self):
        self.assertEqual(services.databases(["nova", "keystone"]), ["nova_api", "nova_cell0", "nova_cell1", "keystone"])
        self.assertEqual(services.packages(["keystone"]), [
            "mariadb-server-core", "openssl", "python3-keystone", "python3-openstackclient", "python3-pymysql"])


class Ports(unittest.TestCase):
    def test_two_labs_never_share_a_port(self):
        ports = [port for shift in SHIFTS for port in ports_of(services.SERVICES, shift).values()]
        self.assertEqual(len(ports), len(set(ports)))
        self.assertLess(max(ports), 20_000)

    def test_a_shift_that_leads_to_a_port_which_fetch_refuses_will_not_do(self):
        self.assertEqual(obstacle(["keystone"], 1000),
                         "port 6000 of keystone is one to which browsers and fetch refuse to speak")

    def test_the_shift_is_added_to_the_customary_port(self):
        self.assertEqual(ports_of(["keystone"], 2000), {"mariadb": 15306, "keystone": 7000})

    def test_ports_that_a_lab_beside_it_remembers_are_left_to_that_lab(self):
        with tempfile.TemporaryDirectory() as labs:
            self.assertEqual(list(remembered_ports(os.path.join(labs, "new", "openstack"))), [])
            first = free_shift(["barbican"])
            for name, shift in (("one", first), ("two", first + 2000)):
                Lab(os.path.join(labs, name, "openstack"), ("barbican",), shift, "nova").save()
            remembered = list(remembered_ports(os.path.join(labs, "new", "openstack")))
            self.assertCountEqual(remembered, [
                port for shift in (first, first + 2000) for port in ports_of(["barbican"], shift).values()])
            self.assertNotIn(free_shift(["barbican"], remembered), (first, first + 2000))


class Files(unittest.TestCase):
    def test_ini(self):
        self.assertEqual(
            ini.render({"DEFAULT": {"debug": False, "workers": 0}, "ml2": {"drivers": ("a", "b")}}),
            "[DEFAULT]\ndebug = false\nworkers = 0\n[ml2]\ndrivers = a,b\n")

    def test_a_lab_is_what_was_saved(self):
        with tempfile.TemporaryDirectory() as directory:
            self.assertIsNone(Lab.load(directory))
            Lab(directory, services.closure(["glance"]), 2000, "ru-3a").save()
            lab = Lab.load(directory)
            self.assertEqual((lab.services, lab.shift, lab.zone), (("keystone", "glance"), 2000, "ru-3a"))
            self.assertEqual(lab.url("keystone"), "http://127.0.0.1:7000/v3")

    def test_every_service_is_configured_and_only_the_owner_reads_the_passwords(self):
        with tempfile.TemporaryDirectory() as directory:
            lab = Lab(directory, tuple(services.SERVICES), 0, "ru-3a")
            configure(lab)
            for service in lab.services:
                self.assertTrue(os.path.getsize(lab.configuration_file(service)))
                self.assertEqual(os.stat(lab.configuration_file(service)).st_mode & 0o777, 0o600)
            self.assertEqual(os.stat(lab.path("clouds.yaml")).st_mode & 0o777, 0o600)

    def test_a_pid_file_names_one_process_not_a_number(self):
        with tempfile.TemporaryDirectory() as directory:
            lab = Lab(directory, (), 0, "nova")
            self.assertIsNone(running(lab, "keystone"))
            lab.write("run/keystone.pid", f"{os.getpid()} 1\n")
            self.assertIsNone(running(lab, "keystone"))


class NoDaemons(unittest.TestCase):
    def test_daemons_are_kept_from_starting_while_packages_are_installed(self):
        with tempfile.TemporaryDirectory() as directory:
            policy = os.path.join(directory, "policy-rc.d")
            with install.no_daemons(policy):
                self.assertEqual(subprocess.run([policy], check=False).returncode, 101)
            self.assertFalse(os.path.exists(policy))

    def test_the_policy_of_the_machine_stays(self):
        with tempfile.NamedTemporaryFile() as policy:
            with install.no_daemons(policy.name):
                self.assertEqual(os.path.getsize(policy.name), 0)
            self.assertTrue(os.path.exists(policy.name))


if __name__ == "__main__":
    unittest.main()
