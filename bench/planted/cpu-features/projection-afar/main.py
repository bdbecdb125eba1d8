"""Projects points onto two directions and writes them for another program."""
from project.files import write_points
from project.points import projected

write_points("projected.npy", projected(count=20))
