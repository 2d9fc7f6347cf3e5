// SPDX-License-Identifier: GPL-3.0-or-later
// What a field needs that is typed into: it is heard after a short pause, and it shows when what is typed is wrong.
// Window's thread.
#pragma once

#include <QString>

#include <functional>

class QComboBox;
class QLineEdit;
class QWidget;

namespace headlens {

// `then` is called a moment after the last letter, and at once when the field is left or Enter is pressed.
void hearTyping(QLineEdit* field, std::function<void()> then);
// A red border, and `why` as tool tip and accessible description; empty: nothing is wrong any more.
void markWrong(QWidget* field, const QString& why);
// As wide as its longest line, the list as well.
void showWholeTexts(QComboBox* box);

} // namespace headlens
