// SPDX-License-Identifier: GPL-3.0-or-later
// bench_found [FILES]: milliseconds for finding models on a computer with so many files (1000 without) in the caches of
// other programs: half of them in repositories of the hub (eight files a model, 200 tensors each), half checkpoints of
// torch hub. The first search is with a cold cache of the program, not of the disk.
#include "core/session/model_verdict.h"
#include "core/wire/safetensors.h"
#include "tests/support/made_up_caches.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace headlens;
using namespace headlens::test;

// The weights of a ViT with twelve blocks in names and shapes; one number in place of a row.
std::string weights()
{
    std::string json = "{", data;
    const auto add = [&](const std::string& name, int count) {
        const std::size_t begin = data.size();
        data.append(std::size_t(count) * 4, '\0');
        json += (json.size() > 1 ? ",\"" : "\"") + name + R"(":{"dtype":"F32","shape":[)" + std::to_string(count) +
                R"(],"data_offsets":[)" + std::to_string(begin) + "," + std::to_string(data.size()) + "]}";
    };
    add("vit.embeddings.cls_token", 4);
    for (int layer = 0; layer < 12; ++layer)
        for (const char* part :
             {"attention.attention.query", "attention.attention.key", "attention.attention.value",
              "attention.output.dense", "intermediate.dense", "output.dense", "layernorm_before", "layernorm_after"})
            for (const char* kind : {".weight", ".bias"})
                add("vit.encoder.layer." + std::to_string(layer) + "." + part + kind, 4);
    json += "}";
    std::string length(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) length[i] = char(json.size() >> (8 * i) & 0xFF);
    return length + json + data;
}

void fill(const MadeUpCaches& caches, int files)
{
    const std::string model = weights();
    for (int i = 0; i < files / 2; ++i)
        MadeUpCaches::write(caches.torchHub() / ("model" + std::to_string(i) + ".safetensors"), model);
    constexpr int kFilesOfAModel = 8;
    for (int i = 0; i < files / 2 / kFilesOfAModel; ++i) {
        const std::string repository = "models--someone--model" + std::to_string(i);
        caches.hubFile(repository, "r", "config.json", R"({"model_type": "vit"})");
        caches.hubFile(repository, "r", "model.safetensors", model);
        for (const char* name : {"README.md", "tokenizer.json", "vocab.txt", "merges.txt", "preprocessor_config.json",
                                 "special_tokens_map.json"})
            caches.hubFile(repository, "r", name, "{}");
        caches.hubMain(repository, "r");
    }
}

} // namespace

int main(int argc, char** argv)
{
    const int files = argc > 1 ? std::atoi(argv[1]) : 1000;
    const MadeUpCaches caches;
    fill(caches, files);
    for (const char* when : {"first", "again"}) {
        const auto start = std::chrono::steady_clock::now();
        const verbs::FoundModels found = findModels(verbs::FindModels(), {});
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
        std::printf("{\"files\": %d, \"models\": %zu, \"search\": \"%s\", \"ms\": %.1f}\n", files, found.models.size(),
                    when, took.count());
    }
    return 0;
}
