"""The lab's own drivers. Neutron and Octavia find theirs by name, through `openstack_lab-1.dist-info`."""
