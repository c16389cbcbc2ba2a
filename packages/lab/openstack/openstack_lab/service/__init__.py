"""The services, one module each, all with the same three functions.

configuration(lab)  the service's configuration file, as sections
initialise(lab)     once, in a process of its own: its schema and what it needs to start
serve(lab)          in a process of its own: runs it for good
"""
