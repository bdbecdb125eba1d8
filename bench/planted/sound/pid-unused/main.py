"""A child process knows that it is one."""
import multiprocessing
import os


def is_child(parent, queue):
    queue.put(os.getpid() != parent and os.getppid() == parent)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=is_child, args=(os.getpid(), queue))
    child.start()
    print("a child of ours:", queue.get())
    child.join()
