// SPDX-License-Identifier: GPL-3.0-or-later
// A menu of a field above the canvas. Every line is one row of a table: its text is translated again when the language
// changes, its tick follows what is shown. Window's thread.
#pragma once

#include <QMenu>

#include <functional>
#include <utility>
#include <vector>

class QActionGroup;

namespace headlens {

class ToolMenu : public QMenu {
    Q_OBJECT
public:
    void refresh(); // ticks, and what is offered

protected:
    struct Line {
        const char* text; // of the derived class (QT_TR_NOOP)
        const char* tip;  // null: none
        std::function<bool()> isOn;
        std::function<void()> choose;
        std::function<bool()> isOffered = {}; // null: always
    };
    explicit ToolMenu(const char* title, QWidget* parent);

    QAction* add(Line line, QActionGroup* oneOf = nullptr) { return add(this, std::move(line), oneOf); }
    QAction* add(QMenu* menu, Line line, QActionGroup* oneOf = nullptr);
    QMenu* addPart(const char* title); // a menu inside
    void addPart(QWidget* widget);     // a line that is more than a text
    QString translated(const char* text) const;
    // What else there is to translate and to bring up to date.
    virtual void retranslate();
    virtual void follow() {}
    void changeEvent(QEvent* event) override;

private:
    struct Made {
        QAction* action;
        Line line;
    };
    std::vector<Made> m_lines;
    std::vector<std::pair<QMenu*, const char*>> m_titles;
};

} // namespace headlens
