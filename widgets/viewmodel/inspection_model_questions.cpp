// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that asks once and hands the answer on: tiles, tables, thumbnails, files.
#include "widgets/viewmodel/inspection_model.h"

#include "core/wire/message.h"

#include <utility>

namespace headlens {

void InspectionModel::requestTile(const verbs::Tile& tile, std::function<void(const Tile&)> done, const QString& tag)
{
    if (!canAsk()) return;
    ask(
        verbs::kTile, tile,
        [done = std::move(done)](const Message& answer) {
            const TensorBytes* found = answer.find("tile");
            if (answer.status != Status::Done || found == nullptr || found->shape.size() != 2) return;
            done({verbs::read<verbs::Tile>(answer.body), int(found->shape[0]), int(found->shape[1]),
                  floatsFrom(*found)});
        },
        tag);
}

void InspectionModel::requestThumbnail(const QByteArray& file, int side, std::function<void(const QImage&)> done)
{
    ask(
        verbs::kThumbnail, verbs::Thumbnail{side},
        [done = std::move(done)](const Message& answer) { done(imageFrom(answer.find("picture"))); }, {},
        {imageTensor(file)}, /*quiet=*/true);
}

void InspectionModel::requestBias(int layer, std::function<void(const BiasTables&)> done)
{
    if (!canAsk()) return;
    ask(
        verbs::kPositionBias, verbs::PositionBias{layer},
        [layer, done = std::move(done)](const Message& answer) {
            if (answer.status != Status::Done) return;
            const TensorBytes* table = answer.find("bias");
            if (table == nullptr || table->shape.size() != 3) return done({layer, 0, 0, 0, {}});
            done({layer, int(table->shape[0]), int(table->shape[1]), int(table->shape[2]), floatsFrom(*table)});
        },
        QStringLiteral("bias"));
}

void InspectionModel::requestConvert(const QString& source, const QString& target,
                                     std::function<void(const verbs::Converted&)> done)
{
    ask(verbs::kConvert, verbs::Convert{source.toStdString(), target.toStdString()},
        [done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Done) done(verbs::read<verbs::Converted>(answer.body));
        });
}

void InspectionModel::requestExport(const verbs::Export& what, std::function<void(const QByteArray&)> done)
{
    ask(verbs::kExport, what, [done = std::move(done)](const Message& answer) {
        const TensorBytes* file = answer.find("file");
        if (answer.status == Status::Done && file != nullptr)
            done(QByteArray(reinterpret_cast<const char*>(file->data.data()), qsizetype(file->data.size())));
    });
}

} // namespace headlens
