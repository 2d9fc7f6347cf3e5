// SPDX-License-Identifier: GPL-3.0-or-later
// Above the sheet: one class or two, which class is explained, against which one, and what is exported. Window's
// thread.
#pragma once

#include "widgets/canvas/tool_row.h"
#include "widgets/viewmodel/inspection_model.h"

namespace headlens {

class MethodSheet;

class SheetBar : public ToolRow {
    Q_OBJECT
public:
    explicit SheetBar(InspectionModel* model, QWidget* parent = nullptr);

    QMenu* targetMenu() const { return m_targets; }
    QMenu* otherMenu() const { return m_others; } // against it, or the second class
    QMenu* exportMenu() const { return m_exports; }

Q_SIGNALS:
    void figureWanted();
    void numbersWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void retranslate();
    void fillTargets();
    void fillOthers();
    void addClass(QMenu* menu, int target, bool isOn, void (SheetBar::*choose)(int));
    void addText(const verbs::Prediction& answer);
    void addAnyClass(QMenu* menu, void (SheetBar::*choose)(int));
    void explain(int target);
    void explainAgainst(int target); // -1: nothing
    void showSecond(int target);
    bool hasClasses() const;

    InspectionModel* m_model;
    MethodSheet* m_sheet;
    QAction *m_one, *m_two, *m_pause, *m_figure, *m_numbers;
    QMenu *m_targets, *m_others, *m_exports;
    int m_target = 0, m_other = 0, m_export = 0; // parts of the row
};

} // namespace headlens
