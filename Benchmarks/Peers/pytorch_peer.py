"""PyTorch's side of a benchmark: python pytorch_peer.py ENTRY FILE THREADS

Makes weights and batch of the entry, writes them with its own results into the file, answers that
it is ready, and then works as many calls as each line on standard input says. Every answer is one
line of JSON. Between turns the process is blocked on its input.
"""

import json
import sys
import time

import torch
from safetensors.torch import save_file

from workloads import make_workload


def answer(**fields):
    print(json.dumps(fields), flush=True)


def exchange(workload, call_count):
    """The tensors for the other side; weights are copied before the first call may change them."""
    tensors = {f"parameter.{k}": v.detach().clone() for k, v in workload.parameters().items()}
    tensors |= {f"input.{k}": v.detach().clone() for k, v in workload.inputs().items()}
    for index in range(call_count):
        workload.call()
        results = workload.results()
        tensors |= {f"result.{index}.{k}": v.detach().clone() for k, v in results.items()}
    return {k: v.contiguous() for k, v in tensors.items()}


def main():
    entry, file, threads = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    workload = make_workload(entry["work"], entry["mode"], entry["sizes"])
    save_file(exchange(workload, 3 if entry["mode"] == "step" else 1), file)
    answer(worstDifference=0)

    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            begin = time.perf_counter_ns()
            workload.call()
            times.append(time.perf_counter_ns() - begin)
        answer(nanoseconds=times)


if __name__ == "__main__":
    main()
