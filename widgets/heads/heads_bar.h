// SPDX-License-Identifier: GPL-3.0-or-later
// Above the head grid: how many heads there are and how they are sorted (a menu), and whose rows they show.
#pragma once

#include <QWidget>

class QMenu;
class QToolButton;

namespace headlens {

class ElidedLabel;
class HeadMagnifier;
class HeadOrder;
class InspectionModel;

class HeadsBar : public QWidget {
    Q_OBJECT
public:
    HeadsBar(InspectionModel* model, HeadOrder* order, HeadMagnifier* magnifier, QWidget* parent = nullptr);

    QToolButton* sortButton() const { return m_sort; }
    QMenu* menu() const { return m_menu; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void foldAll(bool folded);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showTexts();
    void place();
    void fillMenu();

    InspectionModel* m_model;
    HeadOrder* m_order;
    HeadMagnifier* m_magnifier;
    QToolButton* m_sort;
    QMenu* m_menu;
    ElidedLabel* m_query;
};

} // namespace headlens
