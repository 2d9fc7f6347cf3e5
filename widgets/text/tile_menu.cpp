// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/tile_menu.h"

#include "widgets/text/tiles.h"

namespace headlens {

TileMenu::TileMenu(const std::string& word, QWidget* parent) : QMenu(parent)
{
    offerStates(word);
    addAction(tr("Take it out of the text"), this, &TileMenu::removeChosen);
}

void TileMenu::offerStates(const std::string& word)
{
    const auto now = stateWordOf(word);
    if (!now) return;
    const auto add = [&](QMenu* to, const QString& name, const StateWord& other) {
        const QString asked = QString::fromStdString(other.text());
        QAction* one = to->addAction(name, this, [this, asked] { Q_EMIT swapChosen(asked); });
        one->setCheckable(true);
        one->setChecked(other.text() == word);
    };
    QMenu* colours = addMenu(tr("Another colour"));
    for (const std::string& colour : stateColours())
        add(colours, QString::fromStdString(colour), {colour, now->cell, now->upper});
    QMenu* cells = addMenu(tr("Another cell"));
    for (const std::string& cell : stateCells())
        add(cells, QString::fromStdString(cell), {now->colour, cell, now->upper});
    QMenu* stands = addMenu(tr("It stands"));
    add(stands, tr("on the table"), {now->colour, now->cell, false});
    add(stands, tr("on another block"), {now->colour, now->cell, true});
}

} // namespace headlens
