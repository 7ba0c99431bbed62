"""Our face networks as ONNX, so that the peer runs the very same ones: the operations that they use, channels first."""
import base64
import json

import numpy as np

from onnx import TensorProto, helper, numpy_helper


def load(path):
    """The graph and its tensors as graphs.ts wrote them."""
    with open(path + ".json") as file:
        graph = json.load(file)
    numbers = open(path + ".bin", "rb").read()
    tensors = {
        name: np.frombuffer(numbers, np.int32 if kind == "int32" else np.float32, int(np.prod(shape)), begin).reshape(shape)
        for name, shape, kind, begin in graph["tensors"]
    }
    return graph["nodes"], tensors


def text(node, name):
    return base64.b64decode(node["attr"][name]["s"]).decode()


def sides(node, name):
    return [int(side) for side in node["attr"][name]["list"]["i"]][1:3]


class Converter:
    def __init__(self, tensors):
        self.tensors, self.nodes, self.constants = tensors, [], {}

    def constant(self, name, values):
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def add(self, op, inputs, output, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))

    def slope(self, name):
        return self.constant(name + "/first", self.tensors[name].reshape(-1, 1, 1))

    def convolution(self, node):
        is_depthwise = "Depthwise" in node["op"]
        inputs, name = node["input"], node["name"]
        filters = self.tensors[inputs[1]]
        filters = filters.transpose(2, 3, 0, 1) if is_depthwise else filters.transpose(3, 2, 0, 1)
        fused = [base64.b64decode(text).decode() for text in node["attr"].get("fused_ops", {}).get("list", {}).get("s", [])]
        given = [inputs[0], self.constant(inputs[1] + "/first", filters)]
        if "BiasAdd" in fused:
            given.append(self.constant(inputs[2], self.tensors[inputs[2]]))
        activation = next((op for op in fused if op != "BiasAdd"), None)
        self.add(
            "Conv", given, name if activation is None else name + "/sum", strides=sides(node, "strides"), kernel_shape=list(filters.shape[2:]),
            group=filters.shape[0] if is_depthwise else 1, auto_pad="SAME_UPPER" if text(node, "padding") == "SAME" else "VALID",
        )
        if activation == "Relu":
            self.add("Relu", [name + "/sum"], name)
        elif activation == "Prelu":
            self.add("PRelu", [name + "/sum", self.slope(inputs[3])], name)

    def convert(self, node):
        op, inputs, name = node["op"], node.get("input", []), node["name"]
        if op in ("Const", "Placeholder"):
            return
        if "Conv2" in op or "Conv2d" in op:
            self.convolution(node)
        elif op in ("Add", "AddV2", "Mul", "Maximum"):
            given = [self.constant(one, self.tensors[one]) if one in self.tensors else one for one in inputs]
            self.add({"Add": "Add", "AddV2": "Add", "Mul": "Mul", "Maximum": "Max"}[op], given, name)
        elif op in ("Relu", "Sigmoid", "Identity"):
            self.add(op, inputs, name)
        elif op == "Prelu":
            self.add("PRelu", [inputs[0], self.slope(inputs[1])], name)
        elif op == "MaxPool":
            self.add("MaxPool", inputs, name, kernel_shape=sides(node, "ksize"), strides=sides(node, "strides"), auto_pad="SAME_UPPER")
        elif op == "Pad":
            amounts = self.tensors[inputs[1]][[0, 3, 1, 2]].T.reshape(-1).astype(np.int64)
            self.add("Pad", [inputs[0], self.constant(inputs[1], amounts)], name)
        elif op == "Reshape":
            self.add("Transpose", [inputs[0]], name + "/last", perm=[0, 2, 3, 1])
            self.add("Reshape", [name + "/last", self.constant(inputs[1], self.tensors[inputs[1]].astype(np.int64))], name)
        elif op == "Squeeze":
            self.add("Flatten", inputs, name)
        elif op == "Square":
            self.add("Mul", [inputs[0], inputs[0]], name)
        elif op == "Sum":
            self.add("ReduceSum", [inputs[0], self.constant(name + "/axis", np.array([1], np.int64))], name, keepdims=1)
        elif op == "Rsqrt":
            self.add("Sqrt", inputs, name + "/root")
            self.add("Reciprocal", [name + "/root"], name)
        else:
            raise ValueError(f"{op} is not converted")


def to_onnx(path, side, outputs):
    """The graph at `path` as an ONNX model: a batch of any size, [batch, 3, side, side], to its outputs."""
    nodes, tensors = load(path)
    converter = Converter(tensors)
    (entry,) = [node["name"] for node in nodes if node["op"] == "Placeholder"]
    for node in nodes:
        converter.convert(node)
    graph = helper.make_graph(
        converter.nodes, "graph", [helper.make_tensor_value_info(entry, TensorProto.FLOAT, ["batch", 3, side, side])],
        [helper.make_empty_tensor_value_info(output) for output in outputs], list(converter.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return model.SerializeToString(), entry
