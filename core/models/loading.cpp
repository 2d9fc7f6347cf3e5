// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/loading.h"

#include "core/base/error.h"
#include "core/wire/json_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace headlens {
namespace {

const Json& objectAt(const Json& json, const char* key)
{
    static const Json kNone = Json::object();
    return json.contains(key) && json[key].is_object() ? json[key] : kNone;
}

// 1 to 65536; 0 for anything else.
std::int64_t wholeNumber(const std::string& text)
{
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = problem == std::errc() && end == text.data() + text.size() && value >= 1 && value <= 65'536;
    return good ? value : 0;
}

} // namespace

std::string modelTypeOf(const Checkpoint& checkpoint)
{
    const auto& json = checkpoint.config();
    const bool named = json && json->contains("model_type") && (*json)["model_type"].is_string();
    const std::string type = named ? (*json)["model_type"].get<std::string>() : std::string();
    return type == "timm_wrapper" ? std::string() : type; // timm's model as transformers saves it
}

TimmConfig timmConfigOf(const Checkpoint& checkpoint)
{
    TimmConfig timm;
    const auto& json = checkpoint.config();
    if (!json || !json->contains("architecture")) return timm;
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields top(*json, subject), arguments(objectAt(*json, "model_args"), subject),
        trained(objectAt(*json, "pretrained_cfg"), subject);
    timm.architecture = top.text("architecture", "");
    timm.globalPool = arguments.text("global_pool", top.text("global_pool", ""));
    if (arguments.present("act_layer")) timm.activation = arguments.text("act_layer", "");
    timm.poolsPrefix = arguments.flag("pool_include_prefix", false);
    const auto input = trained.integers("input_size", {3, 0, 0}, 0, 65'536, 3);
    if (input.size() == 3) {
        timm.imageHeight = input[1];
        timm.imageWidth = input[2];
    }
    std::tie(timm.imageHeight, timm.imageWidth) = arguments.present("img_size")
                                                      ? arguments.size("img_size", 224, 65'536)
                                                      : std::pair(timm.imageHeight, timm.imageWidth);
    const bool plainHeads = arguments.present("num_heads") && objectAt(*json, "model_args")["num_heads"].is_number();
    if (plainHeads) timm.heads = arguments.integer("num_heads", 0, 1, 1'024);
    timm.window = arguments.present("window_size") ? arguments.size("window_size", 7, 1'024).first : 0;
    timm.pretrainedWindows = arguments.integers("pretrained_window_sizes", {}, 0, 1'024, 16);
    return timm;
}

std::int64_t settingOf(const ModelSettings& settings, const std::string& key, std::int64_t fallback)
{
    const auto hit = settings.find(key);
    if (hit == settings.end()) return fallback;
    const std::int64_t value = wholeNumber(hit->second);
    if (value == 0)
        throw Error(ErrorCode::Usage, "--set " + key, "\"" + hit->second + "\" is no number from 1 to 65536");
    return value;
}

std::pair<std::int64_t, std::int64_t> imageSizeOf(const ModelSettings& settings,
                                                  std::pair<std::int64_t, std::int64_t> fallback)
{
    const auto hit = settings.find("image_size");
    if (hit == settings.end()) return fallback;
    const std::string& text = hit->second;
    const std::size_t by = text.find('x');
    const std::int64_t height = wholeNumber(text.substr(0, by)),
                       width = by == std::string::npos ? height : wholeNumber(text.substr(by + 1));
    if (height == 0 || width == 0)
        throw Error(ErrorCode::Usage, "--set image_size",
                    "\"" + text + "\" is neither a number from 1 to 65536 nor HEIGHTxWIDTH, for example 64x32");
    return {height, width};
}

std::string activationOf(const ModelSettings& settings, const std::string& fallback)
{
    const auto hit = settings.find("activation");
    return hit == settings.end() ? fallback : hit->second;
}

void assumeNumbers(double eps, const std::string& activation, const ModelSettings& settings,
                   std::vector<std::string>& assumptions)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "layer_norm_eps: %g", eps);
    std::string line = settings.contains("layer_norm_eps") ? "" : text.data();
    if (!settings.contains("activation")) line += (line.empty() ? "activation: " : ", activation: ") + activation;
    if (!line.empty() && std::ranges::find(assumptions, line) == assumptions.end()) assumptions.push_back(line);
}

double epsOf(const ModelSettings& settings, double fallback)
{
    const auto hit = settings.find("layer_norm_eps");
    if (hit == settings.end()) return fallback;
    char* end = nullptr;
    const double value = std::strtod(hit->second.c_str(), &end);
    if (end == hit->second.c_str() || *end != '\0' || !(value >= 0 && value <= 1))
        throw Error(ErrorCode::Usage, "--set layer_norm_eps", "\"" + hit->second + "\" is no number from 0 to 1");
    return value;
}

bool wantsNonFinite(const ModelSettings& settings)
{
    const auto hit = settings.find("allow_nonfinite");
    return hit != settings.end() && hit->second == "1";
}

std::int64_t extentOf(const Checkpoint& checkpoint, const std::string& name, std::size_t dimension)
{
    const auto shape = checkpoint.shapeOf(name);
    if (!shape || shape->size() <= dimension)
        throw Error(ErrorCode::BadWeights, checkpoint.path(),
                    "lacks the tensor " + name + ", and no config.json says what it is",
                    "open the folder that holds config.json");
    return (*shape)[dimension];
}

std::int64_t rootOf(std::int64_t area)
{
    const auto side = std::int64_t(std::lround(std::sqrt(double(std::max<std::int64_t>(area, 0)))));
    return side * side == area ? side : 0;
}

PreprocessPlan planFor(const Checkpoint& checkpoint, int imageHeight, int imageWidth,
                       std::vector<std::string>& assumptions)
{
    if (checkpoint.preprocessor())
        return parsePreprocessPlan(*checkpoint.preprocessor(), checkpoint.path() + "/preprocessor_config.json",
                                   imageHeight);
    if (checkpoint.config() && checkpoint.config()->contains("pretrained_cfg"))
        return parseTimmPlan((*checkpoint.config())["pretrained_cfg"], checkpoint.path() + "/config.json");
    const std::string& layout = checkpoint.layout().name;
    if (layout == "Hugging Face" || layout == "Flax") {
        assumptions.push_back("preprocessing: squash bilinear, mean and deviation 0.5");
        return halfPlan(imageHeight, imageWidth);
    }
    const PreprocessPlan plan =
        layout == "torchvision" ? torchvisionPlan(imageHeight, imageWidth) : imageNetPlan(imageHeight, imageWidth);
    assumptions.push_back("preprocessing: shortest edge to " + std::to_string(plan.shortest) +
                          (plan.filter == Filter::Bilinear ? " bilinear" : " bicubic") +
                          ", centre crop, ImageNet mean and deviation");
    return plan;
}

Linear takeHead(const Checkpoint& checkpoint, WeightBinder& binder, const std::string& name, std::int64_t width,
                ModelFacts& facts, verbs::OutputKind kind)
{
    const auto shape = checkpoint.shapeOf(name + ".weight");
    if (!shape || shape->size() != 2) return {};
    facts.classes = int((*shape)[0]);
    if (!facts.gives(kind)) facts.outputs.push_back(kind);
    return takeLinear(binder, name, (*shape)[0], width);
}

Weights takenFrom(WeightBinder& binder)
{
    return {[&binder](const std::string& name, at::Tensor& weight, const Shape& shape) {
                weight = binder.take(name, shape);
            },
            [&binder](const std::string& name, Linear& layer, const Shape& shape) {
                layer.held = binder.keep(name, shape);
                return layer.held != nullptr;
            }};
}

Linear takeLinear(WeightBinder& binder, const std::string& name, std::int64_t outputs, std::int64_t inputs)
{
    Linear layer;
    layer.held = binder.keep(name + ".weight", {outputs, inputs});
    if (!layer.held) layer.weight = binder.take(name + ".weight", {outputs, inputs});
    layer.bias = binder.takeOptional(name + ".bias", {outputs});
    return layer;
}

LayerNorm takeNorm(WeightBinder& binder, const std::string& name, std::int64_t width, double eps)
{
    return {binder.take(name + ".weight", {width}), binder.take(name + ".bias", {width}), eps};
}

void visitLinear(Linear& layer, const std::function<void(at::Tensor&)>& visit)
{
    for (at::Tensor* weight : {&layer.weight, &layer.bias})
        if (weight->defined()) visit(*weight);
}

void visitNorm(LayerNorm& layer, const std::function<void(at::Tensor&)>& visit)
{
    for (at::Tensor* weight : {&layer.weight, &layer.bias})
        if (weight->defined()) visit(*weight);
}

} // namespace headlens
