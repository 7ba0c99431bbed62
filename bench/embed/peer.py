"""The face pipeline as a Python program would have it: OpenCV reads and warps, onnxruntime runs the networks. The same networks and the
same steps as ours (src/engine/face). Answers a JSON line of requests with a JSON line each.
"""
import base64
import json
import os
import sys
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import onnxruntime

from to_onnx import to_onnx

LONGEST_SIDE = 2048
DETECTOR, MESH, ALIGNED = 256, 192, 112
TEMPLATE = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
MESH_POINTS = [[33, 133], [362, 263], [1, 1], [61, 61], [291, 291]]


def anchors():
    found = []
    for stride, count in ((16, 2), (32, 6)):
        cells = (np.arange(DETECTOR // stride) + 0.5) * stride
        x, y = np.meshgrid(cells, cells)
        found.append(np.repeat(np.stack([x, y], -1).reshape(-1, 2), count, 0))
    return np.concatenate(found)


ANCHORS = anchors()


class Network:
    def __init__(self, path, side, outputs, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        model, self.entry = to_onnx(path, side, outputs)
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.outputs = outputs

    def __call__(self, squares, scale, mean):
        return self.session.run(self.outputs, {self.entry: cv2.dnn.blobFromImages(squares, scale, mean=(mean,) * 3, swapRB=True)})


def read(path):
    image = cv2.imread(path, cv2.IMREAD_COLOR)
    longest = max(image.shape[:2])
    if longest > LONGEST_SIDE:
        image = cv2.resize(image, None, fx=LONGEST_SIDE / longest, fy=LONGEST_SIDE / longest, interpolation=cv2.INTER_AREA)
    return image


def looks(image):
    """Squares (left, top, side) to look at, look after look."""
    height, width = image.shape[:2]
    longest = max(height, width)
    for share in (4 / 3, 2):
        side = longest * share
        yield [((width - side) / 2, (height - side) / 2, side)]
    side = longest / 2

    def begins(length):
        count = max(1, int(np.ceil((length - side) / (side / 2))) + 1)
        return [(length - side) / 2] if count == 1 else [index * (length - side) / (count - 1) for index in range(count)]

    yield [(left, top, side) for top in begins(height) for left in begins(width)]


def view(image, left, top, side):
    """The square for the detector: what is made smaller is averaged first."""
    scale = DETECTOR / side
    if scale < 0.5:
        small = cv2.resize(image, None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA)
        return cv2.warpAffine(small, np.array([[0.5, 0, -left * scale], [0, 0.5, -top * scale]]), (DETECTOR, DETECTOR))
    return cv2.warpAffine(image, np.array([[scale, 0, -left * scale], [0, scale, -top * scale]]), (DETECTOR, DETECTOR))


def boxes_of(scores, rows, square):
    """Boxes (left, top, width, height, then the eyes) of one view in pixels of the photo, those that overlap once."""
    left, top, side = square
    sure = np.flatnonzero(scores >= 0)  # a confidence of 0.5
    sure = sure[np.argsort(-scores[sure])]
    scale = side / DETECTOR
    points = rows[sure].reshape(-1, 8, 2)
    places = (points + ANCHORS[sure][:, None]) * scale + (left, top)
    sizes = points[:, 1] * scale
    boxes = np.concatenate([places[:, 0] - sizes / 2, sizes, places[:, 2:4].reshape(-1, 4)], 1)
    return distinct(boxes)


def distinct(boxes):
    kept = []
    for box in boxes:
        if all(shared(box, other) < 0.3 for other in kept):
            kept.append(box)
    return kept


def shared(one, other):
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(0, width) * max(0, height)
    return both / (one[2] * one[3] + other[2] * other[3] - both)


def region_of_box(box):
    """Centre, side and turn of the square that the mesh sees."""
    return box[0] + box[2] / 2, box[1] + box[3] / 2, 1.5 * max(box[2], box[3]), np.arctan2(box[7] - box[5], box[6] - box[4])


def region_of_mesh(mesh):
    """Around all points as they lie when the eyes are level."""
    left, right = mesh[MESH_POINTS[0]].mean(0), mesh[MESH_POINTS[1]].mean(0)
    turn = np.arctan2(right[1] - left[1], right[0] - left[0])
    level = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    points = mesh @ level
    low, high = points.min(0), points.max(0)
    x, y = level @ ((low + high) / 2)
    return x, y, 1.5 * max(high - low), turn


def to_mesh(region):
    x, y, side, turn = region
    scale = MESH / side
    a, b = scale * np.cos(-turn), scale * np.sin(-turn)
    return np.array([[a, -b, MESH / 2 - a * x + b * y], [b, a, MESH / 2 - b * x - a * y]])


def similarity(points):
    """Umeyama's, from the points to the template."""
    centre, target = points.mean(0), TEMPLATE.mean(0)
    x, y = (points - centre).T
    u, v = (TEMPLATE - target).T
    spread = (x * x + y * y).sum()
    a, b = (x * u + y * v).sum() / spread, (x * v - y * u).sum() / spread
    return np.array([[a, -b, target[0] - a * centre[0] + b * centre[1]], [b, a, target[1] - b * centre[0] - a * centre[1]]])


class Pipeline:
    def __init__(self, graphs, threads, batch):
        self.detector = Network(graphs + "/blazeface", DETECTOR, ["Identity", "Identity_1", "Identity_2", "Identity_3"], threads)
        self.mesh = Network(graphs + "/facemesh", MESH, ["Identity_2", "Identity_1"], threads)
        self.embedder = Network(graphs + "/mobilefacenet", ALIGNED, ["embeddings"], threads)
        self.batch = batch

    def detect(self, images, squares):
        fine, coarse, fine_rows, coarse_rows = self.detector([view(image, *square) for image, square in zip(images, squares)], 1 / 127.5, 127.5)
        scores, rows = np.concatenate([fine, coarse], 1)[..., 0], np.concatenate([fine_rows, coarse_rows], 1)
        return [boxes_of(*one) for one in zip(scores, rows, squares)]

    def meshes(self, faces):
        """Of (image, region): the points of the mesh in the image, and the presence of a face."""
        transforms = [to_mesh(region) for _, region in faces]
        meshes, presences = self.mesh([cv2.warpAffine(image, transform, (MESH, MESH)) for (image, _), transform in zip(faces, transforms)], 1 / 255, 0)
        points = meshes.reshape(len(faces), 468, 3)[..., :2]
        return [((one - transform[:, 2]) @ np.linalg.inv(transform[:, :2]).T, presence) for one, transform, presence in zip(points, transforms, presences[:, 0])]

    def landmarks(self, faces):
        """Of (image, box): five points, and the presence of a face; the mesh looks twice."""
        first = self.meshes([(image, region_of_box(box)) for image, box in faces])
        second = self.meshes([(image, region_of_mesh(mesh)) for (image, _), (mesh, _) in zip(faces, first)])
        return [(mesh[MESH_POINTS].mean(1), max(presence, before)) for (mesh, presence), (_, before) in zip(second, first)]

    def embed_faces(self, faces):
        """The faces and their mirror images."""
        rows = self.embedder(faces + [cv2.flip(face, 1) for face in faces], 1 / 128, 127.5)[0]
        sums = rows[: len(faces)] + rows[len(faces) :]
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)

    def find(self, images):
        """The largest face of each image, aligned; None where there is none."""
        found = [None] * len(images)
        open_looks = [looks(image) for image in images]
        left = list(range(len(images)))
        for _ in range(3):
            squares = [(index, square) for index in left for square in next(open_looks[index])]
            if not squares:
                break
            boxes = self.detect([images[index] for index, _ in squares], [square for _, square in squares])
            faces = [(index, box) for (index, _), of_view in zip(squares, boxes) for box in of_view]
            if faces:
                for (index, box), (points, presence) in zip(faces, self.landmarks([(images[index], box) for index, box in faces])):
                    if presence >= 0.6 and (found[index] is None or box[2] * box[3] > found[index][0]):
                        found[index] = (box[2] * box[3], points)
            left = [index for index in left if found[index] is None]
        return [None if face is None else cv2.warpAffine(image, similarity(face[1]), (ALIGNED, ALIGNED)) for image, face in zip(images, found)]

    def embed(self, paths):
        embeddings = []
        with ThreadPoolExecutor(2) as pool:
            ahead, reading = iter(paths), deque()
            for path in ahead:
                reading.append(pool.submit(read, path))
                if len(reading) == 2 * self.batch:
                    break
            while reading:
                images = [reading.popleft().result() for _ in range(min(self.batch, len(reading)))]
                for _, path in zip(images, ahead):
                    reading.append(pool.submit(read, path))
                aligned = self.find(images)
                faces = [face for face in aligned if face is not None]
                rows = iter(self.embed_faces(faces) if faces else [])
                embeddings += [None if face is None else next(rows) for face in aligned]
        return embeddings


def main():
    _, graphs, threads = sys.argv
    cv2.setNumThreads(int(threads))
    pipelines = {}
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("do") == "processor-time":
            print(json.dumps(time.process_time()), flush=True)
            continue
        batch = request["batch"]
        pipelines.setdefault(batch, Pipeline(graphs, int(threads), batch))
        began = time.perf_counter()
        embeddings = pipelines[batch].embed(request["paths"])
        seconds = time.perf_counter() - began
        packed = [None if one is None else base64.b64encode(one.astype("<f4").tobytes()).decode() for one in embeddings]
        print(json.dumps({"seconds": seconds, "embeddings": packed, "version": f"onnxruntime {onnxruntime.__version__}, OpenCV {cv2.__version__}, Python {sys.version.split()[0]}"}), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    main()
