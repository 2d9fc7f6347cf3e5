// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_caption.h"

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/canvas_styles.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/viewmodel/shares.h"
#include "widgets/viewmodel/shown_heads.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

struct CanvasCaption { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::CanvasCaption)
};

QString rowCaption(const CanvasScene& scene)
{
    const LiveRows* live = scene.model->rows();
    if (live->layers().empty()) return {};
    const verbs::Rows& rows = live->of();
    const TokenLayout& keys = live->namesOf(scene.selection->heads()->layer());
    const bool apart = keys.block.queryStream != keys.block.keyStream;
    const TokenLayout asking =
        apart ? TokenLayout::ofStream(scene.model->model(), scene.model->input(), rows.stream) : keys;
    QString words = (rows.reverse ? CanvasCaption::tr("Layer %1, %2: who attends to %3")
                                  : CanvasCaption::tr("Layer %1, %2: what %3 attends to"))
                        .arg(scene.selection->heads()->layer())
                        .arg(shownHeads(*scene.selection->heads()), asking.name(asking.parentToken(rows.token)));
    const bool isAmongWords = !keys.behind.isEmpty();
    if (const auto shares = sharesOf(*scene.model, *scene.selection->heads(), scene.selection->heads()->layer());
        isAmongWords && shares)
        words = QStringLiteral("%1 \u00B7 %2").arg(words, sharesInWords(*shares));
    if (!scene.display->get().maskByMass) return words;
    return CanvasCaption::tr("%1. Only the patches that hold %2 % of the row's mass")
        .arg(words)
        .arg(100 * scene.display->get().keepMass, 0, 'f', 0);
}

// What the colours of components mean; empty where none are shown.
QString componentsCaption(const CanvasScene& scene)
{
    const verbs::PcaResult& components = scene.model->components()->info();
    if (scene.display->get().ground != Ground::Components || components.explained.size() != 3) return {};
    return CanvasCaption::tr("Red, green, blue: %1, %2 and %3 % of the variance of the foreground, fitted on layer %4")
        .arg(100 * components.explained[0], 0, 'f', 0)
        .arg(100 * components.explained[1], 0, 'f', 0)
        .arg(100 * components.explained[2], 0, 'f', 0)
        .arg(components.fittedLayer);
}

QString wordsOf(const CanvasScene& scene)
{
    if (scene.minus != nullptr && scene.map().isMinusOther)
        return CanvasCaption::tr("Difference to the main picture: this pane minus that one");
    if (!scene.selection->showsRow()) return mapCaptionOf(*scene.model);
    if (scene.model->rows()->of().difference)
        return CanvasCaption::tr("Difference to the baseline: this run minus that one");
    const QString shares = componentsCaption(scene);
    return shares.isEmpty() ? rowCaption(scene) : shares;
}

} // namespace

QString captionOf(const CanvasScene& scene)
{
    const QString words = wordsOf(scene);
    if (words.isEmpty()) return {};
    QStringList said{words};
    const bool heads = scene.selection->showsRow() && scene.selection->heads()->overlaysHeads();
    if (scene.paintsMap() && !heads) {
        const CanvasStyle& style = styleOf(scene);
        if (style.caption != nullptr) said << style.caption(scene);
        if (scene.display->get().smooth) said << CanvasCaption::tr("smooth (bicubic)");
    }
    const verbs::InputInfo& input = scene.model->input();
    if (scene.display->get().ground == Ground::Seen)
        said << CanvasCaption::tr("what the model sees, %1 × %2").arg(input.seenWidth).arg(input.seenHeight);
    return said.join(QStringLiteral(" · "));
}

QString mapCaptionOf(const InspectionModel& model)
{
    const MethodMap* map = model.map();
    const verbs::MethodInfo* method = map->method();
    if (method == nullptr) return {};
    if (!method->refusal.empty())
        return CanvasCaption::tr("%1 is not defined for this model: %2")
            .arg(methodText(method->title), methodText(method->refusal));
    const QString words = methodText(method->caption);
    const bool namesScore = words.contains(QStringLiteral("%1"));
    if (namesScore && map->shown().label.empty()) return CanvasCaption::tr("Computing…");
    const QString said = QString(words).replace(QStringLiteral("%1"), QString::fromStdString(map->shown().label));
    const std::string& remark = map->shown().remark;
    const bool isOfThis = map->shown().of.method == method->id && !remark.empty();
    return isOfThis ? said + QStringLiteral(" \u00B7 ") + methodText(remark) : said;
}

QString announcementOf(const CanvasScene& scene)
{
    const LiveRows* rows = scene.model->rows();
    const std::vector<float> row = rows->current();
    if (row.empty()) return {};
    const auto strongest = int(std::max_element(row.begin(), row.end()) - row.begin());
    const TokenLayout &layout = rows->imageLayout(), &asking = rows->queryLayout();
    QString said = QCoreApplication::translate("headlens::Canvas", "Layer %1, %2, query %3; strongest: %4 with %5")
                       .arg(scene.selection->heads()->layer())
                       .arg(shownHeads(*scene.selection->heads()))
                       .arg(asking.name(asking.parentToken(rows->of().token)), layout.name(strongest))
                       .arg(double(row[std::size_t(strongest)]), 0, 'g', 3);
    const TokenPlace& pointed = scene.selection->tokens()->other();
    const int other = layout.parentToken(pointed.token);
    const bool isHere = pointed.token >= 0 && pointed.stream == scene.model->rows()->pictureStream();
    if (!isHere || std::size_t(other) >= row.size()) return said;
    return QCoreApplication::translate("headlens::Canvas", "%1 gets %2. %3")
        .arg(layout.name(other))
        .arg(double(row[std::size_t(other)]), 0, 'g', 3)
        .arg(said);
}

bool showsBar(const CanvasScene& scene)
{
    const bool row = scene.selection->showsRow();
    const bool components =
        row && scene.display->get().ground == Ground::Components && !scene.selection->tokens()->isPinned();
    const bool heads = row && scene.selection->heads()->overlaysHeads(); // their colours are not those of the bar
    return !heads && !components && styleOf(scene).bar != BarColours::None;
}

} // namespace headlens
