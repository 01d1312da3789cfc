"""One step of two embedding tables under InfoNCE on cosines, as a user of PyTorch writes it: CPU nanoseconds a step."""

import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
batch, dimension, rows, precision, steps, seed = (*map(int, sys.argv[1:4]), sys.argv[4], *map(int, sys.argv[5:7]))
dtype = torch.float32 if precision == "single" else torch.float64
torch.manual_seed(seed)
user = torch.nn.Embedding(rows, dimension, sparse=True).to(dtype)
item = torch.nn.Embedding(rows, dimension, sparse=True).to(dtype)
optimiser = torch.optim.SGD([*user.parameters(), *item.parameters()], lr=1.0)
labels = torch.arange(batch)
warm_up = max(20, steps // 10)
users, items = torch.randint(rows, (2, warm_up + steps, batch))
for step in range(warm_up + steps):
    if step == warm_up:
        start = time.process_time_ns()
    queries, keys = F.normalize(user(users[step])), F.normalize(item(items[step]))
    loss = F.cross_entropy(queries @ keys.T, labels)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
print(json.dumps({"nanoseconds": time.process_time_ns() - start, "steps": steps}))
