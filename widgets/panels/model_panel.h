// SPDX-License-Identifier: GPL-3.0-or-later
// Everything there is to know about the open model and picture, as a tree that can be copied from.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QTreeWidget>

namespace headlens {

class ModelPanel : public QTreeWidget {
    Q_OBJECT
public:
    explicit ModelPanel(InspectionModel* model, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {300, 260}; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override; // Ctrl+C copies the selected lines

private:
    void rebuild();
    void addModel();
    void addPicture();
    void addTensors();
    QTreeWidgetItem* section(const QString& title, bool open = true);
    void addList(const QString& title, const std::vector<std::string>& lines, bool open);

    InspectionModel* m_model;
};

} // namespace headlens
