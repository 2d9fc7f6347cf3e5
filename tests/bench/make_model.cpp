// SPDX-License-Identifier: GPL-3.0-or-later
// make_model FOLDER WIDTH LAYERS HEADS IMAGE PATCH: a ViT of any size with random weights, for measuring.
#include "tests/support/tiny_model.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    if (argc != 7) {
        std::fprintf(stderr, "make_model FOLDER WIDTH LAYERS HEADS IMAGE PATCH\n");
        return 2;
    }
    headlens::test::TinyModel model;
    model.width = std::atoi(argv[2]);
    model.layers = std::atoi(argv[3]);
    model.heads = std::atoi(argv[4]);
    model.mlp = 4 * model.width;
    model.image = std::atoi(argv[5]);
    model.patch = std::atoi(argv[6]);
    // Weights as small as trained ones: larger would end in one-hot attention.
    model.change = [](std::string&, std::vector<std::int64_t>& shape, std::vector<float>& values) {
        if (shape.size() > 1)
            for (float& value : values) value *= 0.1F;
    };
    model.write(argv[1]);
    return 0;
}
