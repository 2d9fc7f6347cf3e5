// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/way_back.h"

#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/function_hook.h>

#include <memory>
#include <unordered_set>

namespace headlens {
namespace {

using torch::autograd::Node;
using torch::autograd::variable_list;

// Before a node hands gradients on. What it throws ends the whole way back and reaches whoever asked for it.
struct StopsWhenCancelled : torch::autograd::FunctionPreHook {
    explicit StopsWhenCancelled(const std::function<bool()>& cancelled) : control{cancelled, {}} {}
    variable_list operator()(const variable_list& gradients) override
    {
        control.checkpoint({});
        return gradients;
    }
    JobControl control;
};

// The nodes that `last` was computed by, each once.
std::vector<Node*> nodesBehind(Node* last)
{
    std::vector<Node*> nodes{last};
    std::unordered_set<Node*> known{last};
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const torch::autograd::Edge& edge : nodes[i]->next_edges())
            if (edge.function != nullptr && known.insert(edge.function.get()).second)
                nodes.push_back(edge.function.get());
    return nodes;
}

// While it lives, every node of the graph of `score` asks whether the job is still wanted. The graph outlives it.
class WatchedGraph {
public:
    WatchedGraph(const at::Tensor& score, const JobControl& control)
    {
        if (!control.cancelled || score.grad_fn() == nullptr) return;
        m_nodes = nodesBehind(score.grad_fn().get());
        for (Node* node : m_nodes) node->add_pre_hook(std::make_unique<StopsWhenCancelled>(control.cancelled));
    }
    ~WatchedGraph()
    {
        for (Node* node : m_nodes) node->pre_hooks().pop_back();
    }
    WatchedGraph(const WatchedGraph&) = delete;
    WatchedGraph& operator=(const WatchedGraph&) = delete;

private:
    std::vector<Node*> m_nodes;
};

} // namespace

OwnThreads::OwnThreads(bool isExact)
{
    if (!isExact && packs(Precision::Float32)) m_serial.emplace();
}

std::vector<at::Tensor> gradientsOf(const at::Tensor& score, const std::vector<at::Tensor>& wanted,
                                    const JobControl& control)
{
    const OwnThreads threads(score.scalar_type() == at::kDouble);
    const at::Tensor sum = score.sum();
    const WatchedGraph watched(sum, control);
    return torch::autograd::grad({sum}, wanted, {}, /*retain_graph=*/true, /*create_graph=*/false,
                                 /*allow_unused=*/true);
}

} // namespace headlens
