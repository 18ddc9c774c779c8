import torch

torch.set_num_threads(1)
users, items, batch, cells = 290, 300, 128, 640
user = torch.from_numpy(load("user", "int32")).long()
item = torch.from_numpy(load("item", "int32")).long()
rating = torch.from_numpy(load("rating")).float()
table_u = torch.from_numpy(load("userFeatures")).float().reshape(users, -1)
table_i = torch.from_numpy(load("itemFeatures")).float().reshape(items, -1)


class Factors(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.p = torch.nn.Parameter(torch.rand(users, 4))
        self.q = torch.nn.Parameter(torch.rand(items, 4))

    def forward(self, u, i):
        return torch.sigmoid((self.p[u] * self.q[i]).sum(1))


def features(u, i):
    x = torch.cat([table_u[u], table_i[i]], 1)
    return (x - x.min() / (x.max() - x.min())) / x.shape[1]


def gram(a, b):
    return torch.exp(-0.1 * torch.cdist(a, b) ** 2)


def train(epochs, adaptive):
    model, weigh = Factors(), Factors()
    adam = torch.optim.Adam(model.parameters(), lr=1e-2, weight_decay=1e-3)
    adam_w = torch.optim.Adam(weigh.parameters(), lr=5e-3, weight_decay=5e-2)
    eps = torch.nn.Parameter(torch.rand(1, cells))
    adam_e = torch.optim.Adam([eps], lr=3e-2, weight_decay=1e-3)
    base = torch.full((len(rating),), 12.5)
    bce = torch.nn.functional.binary_cross_entropy
    for _ in range(epochs):
        order = torch.randperm(len(rating))
        deck = torch.randperm(users * items)
        for k in range(len(rating) // batch):
            at = order[k * batch : (k + 1) * batch]
            drawn = deck[k * cells : (k + 1) * cells]
            u, i, r, b = user[at], item[at], rating[at], base[at]
            cu, ci = drawn // items, drawn % items
            of_batch, of_cells = features(u, i), features(cu, ci)
            if adaptive:
                kernel = gram(of_cells, of_batch)
                error = bce(model(u, i), r, reduction="none").detach()
                for _ in range(3):
                    loss = (((error - (eps @ kernel).squeeze()) ** 2) * b).sum()
                    adam_e.zero_grad()
                    loss.backward()
                    adam_e.step()
                slots = torch.topk(eps.abs().squeeze(), 3).indices
            else:
                slots = torch.randint(cells, (3,))
            centres = features(cu[slots], ci[slots])
            w = weigh(u, i) * b
            imbalance = (w @ gram(of_batch, centres) / batch - gram(of_cells, centres).mean(0)).sum()
            loss = (w * w.log()).sum() / batch + torch.relu(imbalance.abs() - 1e-2)
            adam_w.zero_grad()
            loss.backward()
            adam_w.step()
            with torch.no_grad():
                w = weigh(u, i) * b
            loss = bce(model(u, i), r, weight=w)
            adam.zero_grad()
            loss.backward()
            adam.step()
    return model.p.detach().numpy()


serve({"train": lambda request: lambda: train(request["epochs"], request["adaptive"])})
