// SPDX-License-Identifier: GPL-3.0-or-later
// Rows below each other, their names in one column. One stop of the Tab key; the arrows walk the rows.
#pragma once

#include "widgets/start/row.h"

namespace headlens {

class TabStop;

class RowList : public QWidget {
    Q_OBJECT
public:
    explicit RowList(QWidget* parent = nullptr);

    // Rows that are there already get new content, so that the focus stays where it is.
    void setRows(const QList<RowContent>& contents);
    const QList<Row*>& rows() const { return m_rows; }
    QList<Row*> shown() const;
    int filter(const QString& words); // how many are left
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arranged(width, false); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {100, 0}; }

Q_SIGNALS:
    void chosen(int row); // also a grey one
    void removeWanted(int row);
    void rowsChanged(); // some came or went

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void add(const RowContent& content);
    void arrange();
    int arranged(int width, bool moves) const; // the height it comes to

    QList<Row*> m_rows;
    QString m_words; // of the filter
    TabStop* m_stop;
};

} // namespace headlens
