// SPDX-License-Identifier: GPL-3.0-or-later
// What an injected state or object can be swapped for, as a menu.
#pragma once

#include <QMenu>

#include <string>

namespace headlens {

class TileMenu : public QMenu {
    Q_OBJECT
public:
    // `word` as it stands in the text.
    explicit TileMenu(const std::string& word, QWidget* parent = nullptr);

Q_SIGNALS:
    void swapChosen(const QString& word);
    void removeChosen();

private:
    void offerStates(const std::string& word);
};

} // namespace headlens
