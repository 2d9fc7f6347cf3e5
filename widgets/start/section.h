// SPDX-License-Identifier: GPL-3.0-or-later
// A heading, a remark and rows: a part of the start page.
#pragma once

#include "widgets/start/row_list.h"

class QLabel;
class QVBoxLayout;

namespace headlens {

class Section : public QWidget {
    Q_OBJECT
public:
    // `size`: of the heading, in sizes of the type around it.
    explicit Section(double size = 1.2, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setNote(const QString& note); // plain text; empty: none
    QLabel* title() const { return m_title; }
    QLabel* note() const { return m_note; }
    RowList* list() const { return m_list; }
    QList<Row*> rows() const { return m_list->rows(); }
    virtual QList<QWidget*> controls() const; // as one reads
    // Only what has these words; without any that does it is not there. How many are left.
    virtual int filter(const QString& words);

Q_SIGNALS:
    void controlsChanged();

protected:
    void changeEvent(QEvent* event) override;
    virtual void retranslate() {}
    QVBoxLayout* column() const { return m_column; }

private:
    void sizeTitle();

    double m_size;
    QVBoxLayout* m_column;
    QLabel *m_title, *m_note;
    RowList* m_list;
};

} // namespace headlens
