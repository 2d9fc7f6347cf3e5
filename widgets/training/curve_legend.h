// SPDX-License-Identifier: GPL-3.0-or-later
// The names of curves beside how they are drawn, each with its value at one step. In columns as the width allows;
// values change without a new layout. Window's thread.
#pragma once

#include <QPen>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace headlens {

class CurveLegend : public QWidget {
    Q_OBJECT
public:
    struct Entry {
        QString name;
        QPen pen;
    };
    explicit CurveLegend(QWidget* parent = nullptr);

    // `widest`: the longest value that will be shown.
    void setEntries(const std::vector<Entry>& entries, const QString& widest);
    void setValues(const QStringList& values); // one an entry
    const QStringList& values() const { return m_values; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override { return {160, heightForWidth(160)}; }
    QSize sizeHint() const override { return {320, heightForWidth(320)}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int columnsIn(int width) const;
    double lineHeight() const { return fontMetrics().height() + 2.0; }
    double nameWidth() const;
    double valueWidth() const { return fontMetrics().horizontalAdvance(m_widest) + 4.0; }
    QRectF entryRect(int entry) const;

    std::vector<Entry> m_entries;
    QStringList m_values;
    QString m_widest;
};

} // namespace headlens
