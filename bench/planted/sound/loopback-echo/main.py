"""Talks to itself; the port is one of chance and is not shown."""
import socket
import threading


def echo(server):
    peer, _ = server.accept()
    with peer:
        peer.sendall(peer.recv(64).upper())


with socket.create_server(("127.0.0.1", 0)) as server:
    thread = threading.Thread(target=echo, args=(server,))
    thread.start()
    with socket.create_connection(server.getsockname()) as client:
        client.sendall(b"hello")
        print(client.recv(64).decode())
    thread.join()
