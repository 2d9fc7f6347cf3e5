// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli tokenize: texts into token ids and back, as a table for people or as JSON.
#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/engine/commands.h"
#include "core/session/embedded_models.h"
#include "core/text/tokenizer.h"
#include "core/wire/safe_json.h"

#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct TokenizeRequest {
    std::string model, text, pair, inputs, out, cutFrom = "end";
    bool hasPair = false, noSpecial = false;
    int atMost = 0, padTo = 0;
    std::vector<int> decode;

    EncodeOptions options() const
    {
        EncodeOptions chosen;
        if (hasPair) chosen.pair = pair;
        chosen.addSpecial = !noSpecial;
        chosen.atMost = atMost;
        chosen.cutFrom = cutFrom == "begin" ? CutFrom::Begin : CutFrom::End;
        chosen.padTo = padTo;
        return chosen;
    }
};

Json toJson(const Encoded& encoded)
{
    Json result = {{"ids", Json::array()},      {"tokens", Json::array()}, {"offsets", Json::array()},
                   {"type_ids", Json::array()}, {"mask", Json::array()},   {"cut", encoded.cut}};
    for (const Token& token : encoded.tokens) {
        result["ids"].push_back(token.id);
        result["tokens"].push_back(token.piece);
        result["offsets"].push_back(token.span);
        result["type_ids"].push_back(token.segment);
        result["mask"].push_back(token.padding ? 0 : 1);
    }
    return result;
}

// {"texts": [...]} or a plain array; each entry a text or a [text, pair].
Json readTexts(const std::string& path)
{
    constexpr std::uint64_t largest = std::uint64_t(128) << 20;
    std::string bytes = readWhole(path, largest);
    if (bytes.find_first_not_of(" \t\r\n") != std::string::npos && bytes[bytes.find_first_not_of(" \t\r\n")] == '[')
        bytes = "{\"texts\":" + bytes + "}";
    JsonLimits limits;
    limits.bytes = largest + 64;
    Json texts = parseJsonObject(bytes, path, limits).value("texts", Json());
    if (!texts.is_array()) throw Error(ErrorCode::BadConfig, path, "holds no list of texts", "write [\"text\", ...]");
    return texts;
}

Json encodeAll(const Tokenizer& tokenizer, const TokenizeRequest& request)
{
    Json results = Json::array();
    for (const Json& entry : readTexts(request.inputs)) {
        EncodeOptions options = request.options();
        const bool pair = entry.is_array() && entry.size() == 2 && entry[0].is_string() && entry[1].is_string();
        if (!pair && !entry.is_string())
            throw Error(ErrorCode::BadConfig, request.inputs, "an entry is neither a text nor a [text, pair]", "");
        if (pair) options.pair = entry[1].get_ref<const std::string&>();
        results.push_back(toJson(tokenizer.encode((pair ? entry[0] : entry).get_ref<const std::string&>(), options)));
    }
    return results;
}

void writeOut(const std::string& path, const Json& json)
{
    const std::string text = json.dump();
    std::FILE* file = std::fopen(path.c_str(), "wb");
    const bool written = file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if ((file && std::fclose(file) != 0) || !written)
        throw Error(ErrorCode::WriteFailed, path, "cannot be written", "check the folder and the free space");
}

void printTable(const Tokenizer& tokenizer, const Encoded& encoded)
{
    std::printf("%s\n%8s  %-24s %s\n", tokenizer.describe().c_str(), "id", "piece", "characters");
    for (const Token& token : encoded.tokens) {
        std::printf("%8d  %-24s ", token.id, token.piece.c_str());
        if (token.text < 0)
            std::printf("%s\n", token.padding ? "padding" : "added");
        else
            std::printf("%d-%d%s\n", token.span[0], token.span[1], token.text == 1 ? " of the pair" : "");
    }
    std::printf("%zu tokens", encoded.tokens.size());
    if (encoded.cut > 0) std::printf(", %d cut off", encoded.cut);
    std::printf("\n");
}

void run(const TokenizeRequest& request)
{
    const std::shared_ptr<const Tokenizer> tokenizer = Tokenizer::open(resolveModel(request.model));
    if (!tokenizer)
        throw Error(ErrorCode::PartMissing, request.model, "holds no tokenizer",
                    "give a folder with tokenizer.json, tokenizer.model, vocab.txt, vocab.json and merges.txt, or "
                    "spiece.model, or a GGUF file");
    if (!request.decode.empty()) {
        const std::string text = tokenizer->decode(request.decode, !request.noSpecial) + '\n';
        std::fwrite(text.data(), 1, text.size(), stdout); // it may hold NUL
        return;
    }
    if (!request.inputs.empty()) {
        const Json results = encodeAll(*tokenizer, request);
        request.out.empty() ? void(std::printf("%s\n", results.dump().c_str())) : writeOut(request.out, results);
        return;
    }
    const Encoded encoded = tokenizer->encode(request.text, request.options());
    request.out.empty() ? printTable(*tokenizer, encoded) : writeOut(request.out, Json::array({toJson(encoded)}));
}

} // namespace

void addTokenizeCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("tokenize", "Show how a model's tokenizer cuts a text, or turn ids into text");
    auto request = std::make_shared<TokenizeRequest>();
    command->add_option("--model", request->model, "A folder with the tokenizer's files, or a GGUF file")->required();
    auto* text = command->add_option("--text", request->text, "The text");
    auto* pair = command->add_option("--pair", request->pair, "A second text behind it")->needs(text);
    auto* inputs =
        command->add_option("--inputs", request->inputs, "A JSON file: [\"text\", [\"text\", \"pair\"], ...]");
    auto* decode = command->add_option("--decode", request->decode, "Token ids to turn into text");
    inputs->excludes(text)->excludes(decode);
    decode->excludes(text)->delimiter(',');
    command->add_option("--out", request->out, "Write ids, tokens and offsets there as JSON");
    command->add_option("--at-most", request->atMost, "No more tokens than this")->check(CLI::Range(1, 1 << 24));
    command->add_option("--cut-from", request->cutFrom, "Where a longer text is cut")
        ->check(CLI::IsMember({"begin", "end"}));
    command->add_option("--pad-to", request->padTo, "Fill up with padding to this many")->check(CLI::Range(1, 1 << 24));
    command->add_flag("--no-special", request->noSpecial,
                      "Without [CLS], </s> and their like; with --decode: keep them");
    command->callback([request, text, pair, inputs, decode] {
        if (text->empty() && inputs->empty() && decode->empty())
            throw CLI::RequiredError("one of --text, --inputs and --decode");
        request->hasPair = !pair->empty();
        run(*request);
    });
}

} // namespace headlens
