// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/head_choices.h"

#include "widgets/style/look.h"

#include <QApplication>
#include <QToolButton>

#include <array>

namespace headlens {
namespace {

struct HeadChips { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::HeadChips)
};

using Kind = HeadOption::Kind;

HeadFusion fusionOf(Kind kind)
{
    switch (kind) {
    case Kind::Mean: return HeadFusion::Mean;
    case Kind::Max: return HeadFusion::Max;
    case Kind::Min: return HeadFusion::Min;
    case Kind::All:
    case Kind::One: break;
    }
    return HeadFusion::Single;
}

bool overlaysAll(const HeadChoice& choice)
{
    return choice.overlaysHeads() && choice.heads().size() == choice.headCount();
}

} // namespace

QList<HeadOption> headOptions(int heads)
{
    QList<HeadOption> options;
    if (heads > 1)
        for (const Kind kind : {Kind::All, Kind::Mean, Kind::Max, Kind::Min}) options.append({kind, 0});
    for (int head = 0; head < heads; ++head) options.append({Kind::One, head});
    return options;
}

bool isChosen(const HeadChoice& choice, const HeadOption& option)
{
    if (option.kind == Kind::All) return overlaysAll(choice);
    if (option.kind != Kind::One) return choice.fusion() == fusionOf(option.kind);
    return choice.fusion() == HeadFusion::Single && !overlaysAll(choice) && choice.heads().contains(option.head);
}

void choose(HeadChoice* choice, const HeadOption& option, bool adds)
{
    if (option.kind == Kind::All) {
        QList<int> all;
        for (int head = 0; head < choice->headCount(); ++head) all << head;
        return choice->overlayHeads(all);
    }
    if (option.kind != Kind::One) return choice->setFusion(fusionOf(option.kind));
    adds ? choice->toggleHead(choice->layer(), option.head) : choice->setHead(option.head);
}

QString shortName(const HeadOption& option)
{
    switch (option.kind) {
    case Kind::All: return HeadChips::tr("all");
    case Kind::Mean: return HeadChips::tr("mean");
    case Kind::Max: return HeadChips::tr("max");
    case Kind::Min: return HeadChips::tr("min");
    case Kind::One: break;
    }
    return QString::number(option.head);
}

QString longName(const HeadOption& option)
{
    switch (option.kind) {
    case Kind::All: return HeadChips::tr("All heads, each in a colour of its own");
    case Kind::Mean: return HeadChips::tr("Mean of the heads");
    case Kind::Max: return HeadChips::tr("Maximum of the heads");
    case Kind::Min: return HeadChips::tr("Minimum of the heads");
    case Kind::One: break;
    }
    return HeadChips::tr("Head %1").arg(option.head);
}

QToolButton* headChip(HeadChoice* choice, const HeadOption& option, QWidget* parent)
{
    auto* chip = new QToolButton(parent);
    chip->setCheckable(true);
    chip->setToolButtonStyle(Qt::ToolButtonTextOnly);
    chip->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the picture
    setLook(chip, Look::Chip);
    QObject::connect(chip, &QToolButton::clicked, choice, [chip, choice, option] {
        choose(choice, option, QApplication::keyboardModifiers().testFlag(Qt::ControlModifier));
        refreshChip(chip, *choice, option); // pressed again it stays chosen
    });
    refreshChip(chip, *choice, option);
    return chip;
}

void refreshChip(QToolButton* chip, const HeadChoice& choice, const HeadOption& option)
{
    chip->setText(shortName(option));
    chip->setAccessibleName(longName(option));
    chip->setToolTip(option.kind == Kind::One
                         ? HeadChips::tr("%1. Ctrl-click lays it over the chosen head").arg(longName(option))
                         : longName(option));
    chip->setChecked(isChosen(choice, option));
}

} // namespace headlens
