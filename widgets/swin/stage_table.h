// SPDX-License-Identifier: GPL-3.0-or-later
// Every block of the model in a line: stage, tokens, width, heads, window, shift. A click goes there.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QTableWidget>

namespace headlens {

class StageTable : public QTableWidget {
    Q_OBJECT
public:
    StageTable(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void explainColumns();
    void follow(); // the chosen layer

    InspectionModel* m_model;
    HeadChoice* m_heads;
};

} // namespace headlens
