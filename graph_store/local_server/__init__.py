"""The Neo4j that the hub manages on this machine: the real server, fetched, checked, started and stopped.

`jars` fetches and checks it, `java` finds what runs it, `site` says where it lives, `configuration`
writes its settings, `process` knows whether it runs, `server` starts and stops it.
Everything here is about processes and files, and blocks: call it before the event loop or in a thread.
"""
