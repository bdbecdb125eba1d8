import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))
import shapes

print(shapes.area(3, 4), os.path.basename(__file__))
