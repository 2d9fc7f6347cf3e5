// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/checkpoint_series.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace headlens {
namespace {

constexpr int kMostEntries = 20'000; // of a folder that are looked at

// A name around its step. "vit-224" and "vit-384" are two models and no training: what stands before the number must
// speak of one, or nothing at all may stand there.
struct StepName {
    QString before, after;
    std::int64_t step = 0;
    bool isOfOneTraining(const StepName& other) const { return before == other.before && after == other.after; }
};

std::optional<StepName> stepNameOf(const QString& name)
{
    static const QRegularExpression kName(
        QStringLiteral("^(|(?:.*[-_.])?(?:global[-_]?)?(?:steps?|checkpoints?|ckpt|epochs?|ep|iters?|iterations?|"
                       "weights|model|state)[-_.=]?)(\\d{1,15})((?:[-_](?:ema|state|model|weights))?"
                       "(?:\\.(?:safetensors|bin|pt|pth|ckpt|npz|tar))*)$"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = kName.match(name);
    if (!match.hasMatch()) return std::nullopt;
    return StepName{match.captured(1), match.captured(3), match.captured(2).toLongLong()};
}

bool looksLikeModel(const QFileInfo& entry)
{
    static const QStringList kWeights{QStringLiteral("*.safetensors"), QStringLiteral("*.bin"),
                                      QStringLiteral("*.pt"),          QStringLiteral("*.pth"),
                                      QStringLiteral("*.ckpt"),        QStringLiteral("*.npz")};
    if (entry.isDir()) return !QDir(entry.filePath()).entryList(kWeights, QDir::Files).isEmpty();
    return QDir::match(kWeights, entry.fileName());
}

std::vector<TrainingCheckpoint> thinnedOut(std::vector<TrainingCheckpoint> all)
{
    const std::size_t every = (all.size() + kMostCheckpoints - 1) / kMostCheckpoints;
    if (every <= 1) return all;
    std::vector<TrainingCheckpoint> few;
    const std::size_t first = (all.size() - 1) % every; // so that the last one is among them
    for (std::size_t i = first; i < all.size(); i += every) few.push_back(std::move(all[i]));
    return few;
}

// The steps in a folder: of the training that `like` belongs to, of null of whichever has most of them.
std::vector<TrainingCheckpoint> checkpointsIn(const QString& folder, const StepName* like)
{
    struct Training {
        StepName name;
        std::vector<TrainingCheckpoint> steps;
    };
    std::vector<Training> found;
    QDirIterator entries(folder, QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot);
    for (int seen = 0; entries.hasNext() && seen < kMostEntries; ++seen) {
        entries.next();
        const auto name = stepNameOf(entries.fileName());
        if (!name || (like != nullptr && !name->isOfOneTraining(*like)) || !looksLikeModel(entries.fileInfo()))
            continue;
        auto of = std::ranges::find_if(found, [&](const Training& one) { return one.name.isOfOneTraining(*name); });
        if (of == found.end()) of = found.insert(found.end(), {*name, {}});
        of->steps.push_back({name->step, entries.filePath()});
    }
    const auto most = std::ranges::max_element(found, {}, [](const Training& one) { return one.steps.size(); });
    if (most == found.end() || most->steps.size() < 2) return {};
    std::ranges::sort(most->steps, {}, [](const TrainingCheckpoint& one) { return std::pair(one.step, one.path); });
    return thinnedOut(std::move(most->steps));
}

} // namespace

std::vector<TrainingCheckpoint> checkpointsOf(const QString& model)
{
    const QFileInfo here(model);
    if (model.isEmpty() || !here.isAbsolute() || !here.exists()) return {};
    const QString name = QFileInfo(QDir::cleanPath(model)).fileName();
    if (const auto step = stepNameOf(name); step)
        if (auto beside = checkpointsIn(QFileInfo(QDir::cleanPath(model)).absolutePath(), &*step); !beside.empty())
            return beside;
    if (here.isDir()) return checkpointsIn(QDir::cleanPath(model), nullptr);
    return {};
}

int placeOf(const std::vector<TrainingCheckpoint>& series, const QString& model)
{
    const QString path = QDir::cleanPath(model);
    const auto hit = std::ranges::find(series, path, &TrainingCheckpoint::path);
    return hit == series.end() ? -1 : int(hit - series.begin());
}

} // namespace headlens
