// SPDX-License-Identifier: GPL-3.0-or-later
// The classes the model believes in, as bars with names and shares; a click asks what one rests on.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

namespace headlens {

class PredictionsPanel : public QWidget {
    Q_OBJECT
public:
    explicit PredictionsPanel(InspectionModel* model, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {240, 160}; }
    QSize minimumSizeHint() const override { return {140, 80}; }
    QRectF lineRect(int line) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void describe();
    std::vector<verbs::Prediction> shown() const;
    bool areNumbers() const;
    std::vector<verbs::Prediction> left(const std::vector<verbs::Prediction>& now) const;
    int explainedOf(const std::vector<verbs::Prediction>& predictions) const;
    int hint() const; // height of the words above the list; 0: nothing can be explained
    QString hintText() const;
    std::size_t lineAt(double y) const;
    void paintLine(QPainter& painter, int line, const verbs::Prediction& prediction, bool isExplained) const;
    void paintLeft(QPainter& painter, int line, const verbs::Prediction& then) const;
    void explain(std::size_t line);
    QString changeOf(const verbs::Prediction& prediction) const;

    InspectionModel* m_model;
    int m_line = 0; // of the keyboard
};

} // namespace headlens
