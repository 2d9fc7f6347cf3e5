// SPDX-License-Identifier: GPL-3.0-or-later
// A row of buttons that fits any width: without room some show their icon alone, then some go into a menu "more". What
// is shown is never cut. Window's thread.
#pragma once

#include "widgets/style/icons.h"
#include "widgets/style/look.h"

#include <QList>
#include <QWidget>

#include <vector>

class QAction;
class QMenu;
class QToolButton;

namespace headlens {

class ToolRow : public QWidget {
    Q_OBJECT
public:
    explicit ToolRow(QWidget* parent = nullptr);

    // Parts stand in the order in which they were added. The lower the rank, the sooner one loses its words, and later
    // goes into the menu. Each answers its number.
    int addSegments(const QList<QAction*>& actions, int rank); // side by side, one of them chosen
    int addChip(QAction* action, int rank);
    int addField(QMenu* menu, Icon icon, int rank);                   // opens the menu
    void pushRight() { m_firstRight = int(m_parts.size()); }          // what is added from now on stands at the right
    void setOffered(int part, bool offered);                          // otherwise it is neither shown nor in the menu
    void setField(int part, const QString& text, const QString& tip); // the menu's title is its name in "more"
    QToolButton* button(int part) const;                              // the first one
    QToolButton* more() const { return m_more; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class State { Words, Icons, Away };
    struct Part {
        QList<QToolButton*> buttons;
        QMenu* menu = nullptr;
        int rank = 0;
        bool offered = true;
        State state = State::Words;
        int shown = 0; // its width as it was arranged
    };
    int add(Part part);
    QToolButton* makeButton(QAction* action, Look look);
    static bool canShrink(const Part& part);
    static int widthOf(const Part& part);
    static void setState(Part& part, State state);
    int needed() const;
    void shrinkTo(int width);
    void arrange();
    int placed(const Part& part, int x) const; // where the next one begins
    void fillMore();
    void retranslate();

    std::vector<Part> m_parts;
    int m_firstRight = -1; // -1: none
    QToolButton* m_more;
    QMenu* m_rest;
};

} // namespace headlens
