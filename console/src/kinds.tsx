// A kind of record is always shown by icon and word, in its own colour and shape.
import {
  ApartmentOutlined,
  BankOutlined,
  BookOutlined,
  ContainerOutlined,
  ExperimentOutlined,
  FolderOutlined,
  SafetyCertificateOutlined,
  SwapOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useModel } from './model';

interface Look {
  light: string;
  dark: string;
  icon: ReactNode;
}

const OTHER: Look = { light: '#2F343C', dark: '#A5B0BF', icon: <ContainerOutlined aria-hidden="true" /> };
const TRAINING: Look = { light: '#60761B', dark: '#DFF0C5', icon: <BookOutlined aria-hidden="true" /> };
const EXCHANGE: Look = { light: '#D40C6A', dark: '#F14E90', icon: <SwapOutlined aria-hidden="true" /> };

const LOOKS: Record<string, Look> = {
  Institution: { light: '#153A7C', dark: '#6485CB', icon: <BankOutlined aria-hidden="true" /> },
  Person: { light: '#A11CB1', dark: '#D8AAF1', icon: <UserOutlined aria-hidden="true" /> },
  Instrument: { light: '#147C76', dark: '#A6EDEA', icon: <ExperimentOutlined aria-hidden="true" /> },
  Project: { light: '#694C28', dark: '#DCAD5B', icon: <FolderOutlined aria-hidden="true" /> },
  Agreement: { light: '#531716', dark: '#EC8E82', icon: <SafetyCertificateOutlined aria-hidden="true" /> },
  Clause: { light: '#531716', dark: '#EC8E82', icon: <SafetyCertificateOutlined aria-hidden="true" /> },
  TrainingClass: TRAINING,
  Registration: TRAINING,
  Certificate: TRAINING,
  ClassSession: TRAINING,
  CadreExchange: EXCHANGE,
  Post: EXCHANGE,
  Division: { ...OTHER, icon: <ApartmentOutlined aria-hidden="true" /> },
  Topic: { ...OTHER, icon: <ApartmentOutlined aria-hidden="true" /> },
};

export function lookOf(type: string): Look {
  return LOOKS[type] ?? OTHER;
}

export function kindClass(type: string): string {
  return `kind kind-${LOOKS[type] ? type.toLowerCase() : 'other'}`;
}

export function KindMark({ type, isBare }: { type: string; isBare?: boolean }) {
  const model = useModel();
  return (
    <span className={kindClass(type)}>
      <span aria-hidden="true">{lookOf(type).icon}</span>
      {!isBare && <span>{model.nounLabel(type)}</span>}
    </span>
  );
}
