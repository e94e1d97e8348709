"""The SPARQL endpoint: the guard before queries, the processes that run them, the protocol, and the wire."""
